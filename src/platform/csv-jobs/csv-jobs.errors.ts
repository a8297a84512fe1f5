import { DomainError } from '../errors';

/** The uploaded file is larger than an import may be. */
export class FileTooLarge extends DomainError {
  readonly kind = 'too-large';
  readonly code = 'FILE_TOO_LARGE';
  constructor(bytes: number) {
    super(`The file is larger than ${bytes} bytes`);
  }
}

/** An import is an upload. */
export class NotMultipart extends DomainError {
  readonly kind = 'unsupported-type';
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';
  constructor() {
    super('Send the CSV as multipart/form-data, in the field file');
  }
}
