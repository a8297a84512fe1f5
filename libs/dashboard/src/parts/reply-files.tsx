import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { ask, download, type Schemas, tuco } from '../app/api';
import { Button } from './button';
import { Dialog } from './dialog';
import { layout } from './layout';
import styles from './reply-files.module.css';
import { toastError } from './toasts';
import { bytes } from './words';

type File = Schemas['ReplyFile'];

/** What browsers draw, and in which nothing can run. */
const DRAWN = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);
/** Larger images are shown when somebody asks for them. */
const SHOWN_UP_TO = 5_000_000;

interface Props {
  replyId: string;
  files: readonly File[];
}

/** What somebody has sent beside their words: images as images, all else to be downloaded. */
export function ReplyFiles({ replyId, files }: Props): ReactNode {
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label="Files">
      {files.map((file) => (
        <li key={file._id}>
          <OneFile replyId={replyId} file={file} />
        </li>
      ))}
    </ul>
  );
}

/** What they wrote. The text of a reply without words is the names of its files, which stand beside it. */
export const wordsOf = ({ message, files }: { message: string; files: readonly File[] }): string | null =>
  files.length > 0 && message === files.map(({ name, type }) => name ?? type ?? 'file').join('\n') ? null : message;

/** A file that is being fetched makes no event when it is there: what shows it is read again so often. */
export const FILES_EVERY_MS = 5_000;

export const someAreFetched = (files: readonly File[]): boolean => files.some(({ status }) => status === 'waiting');

const fetched = async (replyId: string, file: File): Promise<Blob> => {
  const params = { path: { id: replyId, fileId: file._id } };
  const contents: Blob = await ask(tuco.GET('/api/replies/{id}/files/{fileId}', { params, parseAs: 'blob' }));
  // The API gives out mere bytes.
  return new Blob([contents], { type: file.type ?? 'application/octet-stream' });
};

function OneFile({ replyId, file }: { replyId: string; file: File }): ReactNode {
  const [isBusy, setBusy] = useState(false);
  const name = file.name ?? 'File without a name';
  const about = [kindOf(file), file.size === null ? null : bytes(file.size)].filter((part) => part !== null).join(', ');
  if (file.status !== 'kept') {
    return (
      <div className={styles.file}>
        <span className={layout.strong}>{name}</span>
        <span className={`${layout.tiny} ${layout.muted}`}>{whyNot(file)}</span>
      </div>
    );
  }
  const save = () => {
    setBusy(true);
    void fetched(replyId, file)
      .then((contents) => download(name, contents))
      .catch(toastError)
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles.file}>
      {DRAWN.has(file.type ?? '') && <Image replyId={replyId} file={file} name={name} />}
      <div className={`${layout.row} ${layout.spread}`}>
        <span className={layout.grow}>
          <span className={layout.strong}>{name}</span> <span className={`${layout.tiny} ${layout.muted}`}>{about}</span>
        </span>
        <Button small busy={isBusy} aria-label={`Download ${name}`} onClick={save}>
          Download
        </Button>
      </div>
    </div>
  );
}

function Image({ replyId, file, name }: { replyId: string; file: File; name: string }): ReactNode {
  const [isWanted, setWanted] = useState((file.size ?? 0) <= SHOWN_UP_TO);
  const [isDrawn, setDrawn] = useState(true);
  const [isLarge, setLarge] = useState(false);
  const image = useQuery({
    queryKey: ['reply-files', file._id],
    queryFn: () => fetched(replyId, file),
    enabled: isWanted,
    staleTime: Infinity,
  });
  const url = useObjectUrl(image.data);
  if (!isWanted) {
    return (
      <span>
        <Button small onClick={() => setWanted(true)}>
          Show the image
        </Button>
      </span>
    );
  }
  if (image.error || !isDrawn) {
    return <span className={`${layout.tiny} ${layout.muted}`}>This image cannot be shown here.</span>;
  }
  if (!url) return <div className={styles.coming} role="status" aria-label={`${name} is loading`} />;
  return (
    <>
      <button type="button" className={styles.open} aria-label={`Enlarge ${name}`} onClick={() => setLarge(true)}>
        <img className={styles.image} src={url} alt={name} onError={() => setDrawn(false)} />
      </button>
      {isLarge && (
        <Dialog title={name} close={() => setLarge(false)} wide>
          <img className={styles.large} src={url} alt={name} />
        </Dialog>
      )}
    </>
  );
}

/** An address of what is in memory, for as long as it is shown. */
function useObjectUrl(contents: Blob | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!contents) return undefined;
    const made = URL.createObjectURL(contents);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [contents]);
  return url;
}

/** `image/png` as people say it. */
function kindOf({ type }: File): string | null {
  if (type === null) return null;
  const [kind = '', ending = ''] = type.split('/');
  const short = ending.replace(/^x-|\+.*$/g, '').toUpperCase();
  if (kind === 'image' || kind === 'video' || kind === 'audio') return `${short} ${kind}`;
  return short.length <= 5 ? short : type;
}

function whyNot({ status, detail }: File): string {
  if (status === 'waiting') return 'It is being fetched from the provider.';
  if (status === 'deleted') return 'It was deleted: files are kept for a limited time.';
  return `It is not there: ${detail ?? 'it could not be fetched'}.`;
}
