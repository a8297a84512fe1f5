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

/** The workspace's imports that are not over are as many, or as large, as they may be. */
export class TooManyImports extends DomainError {
  readonly kind = 'exhausted';
  readonly code = 'TOO_MANY_IMPORTS';
  override readonly retryAfter = 30;
  constructor(readonly most: string) {
    super(`A workspace has at most ${most} waiting and running; wait until one is over, or cancel one`);
  }
}
