import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../app/api';
import { workspaceQuery } from '../../app/queries';
import { useSession } from '../../app/session';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { layout } from '../../parts/layout';
import { MailFrame } from '../../parts/mail-frame';
import { channelName, many, sentence } from '../../parts/words';
import styles from './campaigns.module.css';

type Content = Schemas['PreviewContent'];

interface Props {
  content: Content;
  /** The step goes out on no other channel. */
  isAlone: boolean;
  /** Of its step, from 1. */
  place: number;
}

/** A step as it goes out on one channel. */
export function ChannelPreview({ content, isAlone, place }: Props): ReactNode {
  const { channel, text, segments, missingFields, warnings } = content;
  const isMail = channel === 'email';
  return (
    <div className={`${layout.stack} ${layout.tight}`}>
      {(isMail || !isAlone) && <span className={`${layout.tiny} ${layout.muted}`}>{channelName(channel)}</span>}
      {isMail ? <Mail content={content} place={place} /> : <div className={styles.bubble}>{text}</div>}
      {segments && (
        <span className={`${layout.tiny} ${layout.muted}`}>
          {many(segments.count, 'segment')}, {segments.encoding}
        </span>
      )}
      {missingFields.length > 0 && (
        <span className={`${layout.tiny} ${styles.warning}`}>
          This person has no {missingFields.join(', ')}: nothing stands in {missingFields.length === 1 ? 'its' : 'their'} place
        </span>
      )}
      {warnings.map(({ code, message }) => (
        <span key={code} className={`${layout.tiny} ${styles.warning}`}>
          {sentence(message)}
        </span>
      ))}
      {isMail && <Footer />}
    </div>
  );
}

/** Its HTML, where it has one, and its text, which goes with it. */
function Mail({ content: { subject, text, html }, place }: Pick<Props, 'content' | 'place'>): ReactNode {
  const [isText, setText] = useState(false);
  const [isLarge, setLarge] = useState(false);
  const label = `E-mail of step ${place}`;
  return (
    <div className={styles.mail}>
      <p className={`${styles.subject} ${layout.strong}`}>{subject}</p>
      {html === null || isText ? <p className={styles.mailText}>{text}</p> : <MailFrame html={html} label={label} />}
      {html !== null && (
        <div className={`${styles.mailFoot} ${layout.row} ${layout.spread}`}>
          <div className={layout.row} role="group" aria-label="Shown of the e-mail">
            <Button small kind={isText ? 'quiet' : 'plain'} aria-pressed={!isText} onClick={() => setText(false)}>
              HTML
            </Button>
            <Button small kind={isText ? 'plain' : 'quiet'} aria-pressed={isText} onClick={() => setText(true)}>
              Text
            </Button>
          </div>
          <Button small kind="quiet" onClick={() => setLarge(true)}>
            Enlarge
          </Button>
        </div>
      )}
      {isLarge && html !== null && (
        <Dialog title={subject ?? label} close={() => setLarge(false)} wide>
          <MailFrame html={html} label={`${label}, enlarged`} isLarge />
        </Dialog>
      )}
    </div>
  );
}

/** What stands below every e-mail of a campaign. */
function Footer(): ReactNode {
  const workspace = useQuery(workspaceQuery);
  const { isAdmin } = useSession();
  return (
    <p className={`${layout.tiny} ${layout.muted}`}>
      The unsubscribe link is a sample here: everybody gets their own.
      {workspace.data?.postalAddress === null && (
        <>
          {' '}
          Your postal address, which many laws ask for, is missing
          {isAdmin && (
            <>
              : <Link to="/settings">add it in the settings</Link>
            </>
          )}
          .
        </>
      )}
    </p>
  );
}
