import type { ReactNode } from 'react';
import { useSession } from './session';

/** What is not offered to those who may only look. The API refuses it all the same. */
export function Writers({ children, others = null }: { children: ReactNode; others?: ReactNode }): ReactNode {
  return useSession().canWrite ? children : others;
}
