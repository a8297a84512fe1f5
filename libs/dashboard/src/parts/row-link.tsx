import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

/** A link that follows nothing: for tables of many rows, where each of the router's own would be work. */
export function RowLink({ to, children }: { to: string; children: ReactNode }): ReactNode {
  const router = useRouter();
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void router.navigate({ to });
  };
  return (
    <a href={to} onClick={follow}>
      {children}
    </a>
  );
}
