import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '../parts/button';
import { Empty } from '../parts/layout';
import { messageOf } from './api';

/** A screen that failed. The rest of the page goes on. */
export function Crash({ error, reset }: ErrorComponentProps): ReactNode {
  return (
    <Empty
      title="This screen could not be shown"
      action={
        <Button kind="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      {messageOf(error)}
    </Empty>
  );
}

export function NotThere(): ReactNode {
  return (
    <Empty title="There is nothing at this address" action={<a href="/">Go to Home</a>}>
      It may have been deleted, or the address was cut off when it was copied.
    </Empty>
  );
}
