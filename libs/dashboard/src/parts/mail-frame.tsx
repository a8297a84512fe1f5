import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { Button } from './button';
import { layout } from './layout';
import { mailContents } from './mail-contents';
import styles from './mail-frame.module.css';
import { many } from './words';

interface Props {
  html: string;
  label: string;
  /** As high as the window has room for. */
  isLarge?: boolean;
}

/**
 * An e-mail as mail programs show it. It stands in a frame of its own, in which no script can run and from
 * which no form is sent; its images are fetched only when somebody asks for them.
 */
export function MailFrame({ html, label, isLarge = false }: Props): ReactNode {
  const frame = useRef<HTMLIFrameElement>(null);
  const [images, setImages] = useState<'none' | 'remote'>('none');
  const [leftOut, setLeftOut] = useState(0);
  const [height, setHeight] = useState(0);
  const src = `/mail-frame?images=${images}`;

  const show = useCallback(() => {
    const inside = frame.current?.contentDocument;
    // Until it has loaded, there is an empty document with the policy of the page.
    if (!inside || `${inside.location.pathname}${inside.location.search}` !== src) return;
    const { root, imagesLeftOut } = mailContents(html, inside, images);
    inside.replaceChild(inside.adoptNode(root), inside.documentElement);
    setLeftOut(imagesLeftOut);
    setHeight(inside.documentElement.scrollHeight);
  }, [html, images, src]);
  useEffect(show, [show]);
  const loaded = () => {
    const element = frame.current;
    // Keys that are pressed inside do not come out by themselves.
    element?.contentDocument?.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') element.closest('dialog')?.close();
    });
    show();
  };

  return (
    <div className={`${layout.stack} ${layout.tight}`}>
      <iframe
        ref={frame}
        className={`${styles.frame} ${isLarge ? styles.large : ''}`}
        title={label}
        sandbox="allow-same-origin"
        src={src}
        height={height || undefined}
        onLoad={loaded}
      />
      {leftOut > 0 && (
        <div className={`${styles.images} ${layout.row} ${layout.spread}`}>
          <span className={`${layout.tiny} ${layout.muted}`}>{many(leftOut, 'remote image')} not loaded</span>
          <Button small onClick={() => setImages('remote')}>
            Show images
          </Button>
        </div>
      )}
    </div>
  );
}
