import type { MultipartFile } from '@fastify/multipart';
import { HttpStatus, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Encoding, encodingAsNamed, isTurned } from '#libs/spreadsheet-csv';
import { Config } from '../config';
import { ValidationFailed } from '../errors';
import { IdempotencyInterceptor, idempotentCallOf } from '../idempotency';
import type { WorkspaceId } from '../ids';
import { isOfStore } from '../mongo';
import { CSV_TEXTS } from './csv.texts';
import type { CsvImport, UploadedFile } from './csv-import';
import { FileTooLarge, TooManyImports } from './csv-jobs.errors';
import { ImportFiles, type StoredFile } from './import-files';
import { takeUpload } from './upload';

/** A request that brings a file. */
export interface UploadRequest {
  workspaceId: WorkspaceId;
  /** The reply to it. */
  reply: FastifyReply;
  /** What the query says; the fields of the form are added to it. */
  query: object;
}

/** What the fields of an upload ask for. */
export interface CsvCall<C> {
  call: C;
  /** What the file is in, where the caller says so. */
  encoding?: Encoding;
  dryRun: boolean;
}

/** What becomes of an upload; `C` is what its fields ask for, `P` what a dry run answers. */
export interface UploadUse<C, P> {
  /** @throws ValidationFailed */
  callOf(fields: Record<string, unknown>): Promise<CsvCall<C>>;
  /** The answer of a dry run: nothing is saved, and the file goes. */
  preview(file: StoredFile, call: C): Promise<P>;
  start(upload: UploadedFile, call: C): Promise<CsvImport>;
}

/** The answer to an upload whose rows are saved in the background. */
export interface StartedImport {
  /** Of `GET …/imports/:id`. */
  importId: string;
}

/** Takes uploads in, and starts what they are for: once, where the request has an Idempotency-Key. */
@Injectable()
export class CsvUploads {
  constructor(
    private readonly importFiles: ImportFiles,
    private readonly idempotencyInterceptor: IdempotencyInterceptor,
    private readonly config: Config,
  ) {}

  /**
   * The answer to an upload: `{ importId }`, or with `dryRun` the preview.
   * @throws ValidationFailed, NotMultipart, FileTooLarge, TooManyImports, whatever `use` throws; nothing is
   * left of the file then
   */
  async answer<C, P>({ workspaceId, reply, query }: UploadRequest, use: UploadUse<C, P>): Promise<StartedImport | P> {
    const { request } = reply;
    await this.requireRoom(workspaceId, Number(request.headers['content-length'] ?? 0));
    const take = (part: MultipartFile) => this.take(workspaceId, part);
    const upload = await takeUpload(request, take, (file) => this.discard(file));
    let used = false;
    try {
      const { call, encoding, dryRun } = await use.callOf({ ...query, ...upload.fields });
      if (encoding) upload.file = await this.readAs(workspaceId, upload.file, encoding);
      if (dryRun) {
        void reply.status(HttpStatus.OK);
        return await use.preview(upload.file, call);
      }
      const start = async () => {
        const { id, progress } = await use.start(upload, call);
        // A repeated call goes on with the file that came first.
        used = progress.fileId === upload.file.fileId;
        return { importId: id };
      };
      const content = JSON.stringify([Object.entries(upload.fields).sort(), upload.file.digest]);
      const repeatable = idempotentCallOf(request, content);
      if (!repeatable) return await start();
      return (await this.idempotencyInterceptor.answer(repeatable, request, reply, start)) as StartedImport;
    } finally {
      if (!used) await this.discard(upload.file);
    }
  }

  /** Before a byte of it is read. Uploads of the same moment may both find room. @throws TooManyImports */
  private async requireRoom(workspaceId: WorkspaceId, announced: number): Promise<void> {
    const { IMPORTS_MAX, IMPORTS_MAX_BYTES } = this.config;
    const { files, bytes } = await this.importFiles.kept(workspaceId, IMPORTS_MAX);
    if (files >= IMPORTS_MAX) throw new TooManyImports(`${IMPORTS_MAX} imports`);
    if (bytes + announced > IMPORTS_MAX_BYTES) throw new TooManyImports(`${IMPORTS_MAX_BYTES} bytes of imports`);
  }

  /** Stores a file as it streams. @throws FileTooLarge, ValidationFailed when it breaks off */
  private async take(workspaceId: WorkspaceId, { file: bytes }: MultipartFile): Promise<StoredFile> {
    // A short form that lacks its end is read, and broken, before its file gets here.
    let brokeOff = bytes.destroyed;
    bytes.once('error', () => (brokeOff = true));
    bytes.once('close', () => (brokeOff ||= !bytes.readableEnded));
    const file = await this.importFiles.store(workspaceId, bytes).catch((error: unknown) => {
      // What the store says ends the upload as well.
      throw brokeOff && !isOfStore(error) ? new ValidationFailed([{ field: 'file', message: CSV_TEXTS.brokeOff }]) : error;
    });
    if (!bytes.truncated) return file;
    await this.discard(file);
    throw new FileTooLarge(this.config.IMPORT_MAX_BYTES);
  }

  /** The file, to be read in the encoding that the caller names. @throws ValidationFailed */
  private async readAs(workspaceId: WorkspaceId, file: StoredFile, encoding: Encoding): Promise<StoredFile> {
    const found = encodingAsNamed(file.found, encoding);
    if (!found) throw new ValidationFailed([{ field: 'encoding', message: CSV_TEXTS.otherEncoding(file.found.encoding) }]);
    const isStoredAsItCame = !isTurned(file.found.encoding);
    const named = { ...file, found };
    return isTurned(encoding) && isStoredAsItCame ? this.importFiles.turn(workspaceId, named, encoding) : named;
  }

  private discard({ fileId }: StoredFile): Promise<void> {
    return this.importFiles.delete(fileId);
  }
}
