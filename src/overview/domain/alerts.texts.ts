/** What people read in `alerts[]` of the overview. */
export const ALERT_TEXTS = {
  read_only: (reason: string) => ({
    message: `The workspace is read-only: ${reason}`,
    cure: 'Nothing is sent or changed until whoever runs this installation lifts it.',
  }),
  line_unhealthy: (name: string, reason: string | null) => ({
    message: `${name} cannot send${reason ? `: ${reason}` : ''}`,
    cure: 'Mend what the provider complains about. The line is probed by itself, and sends again as soon as it works.',
  }),
  webhook_disabled: (name: string, reason: 'gone' | 'failing') => ({
    message:
      reason === 'gone'
        ? `The webhook ${name} is disabled: its endpoint answered 410 Gone`
        : `The webhook ${name} is disabled: its endpoint has failed for five days`,
    cure: 'Mend the endpoint, send it a test, enable it, and replay what has failed.',
  }),
  import_failed: (fileName: string, reason: string | null) => ({
    message: `The import of ${fileName} failed${reason ? `: ${reason}` : ''}`,
    cure: 'What it has saved stays. Correct the file, and import it again: people who are here already are not saved twice.',
  }),
  unknown_outcomes: (count: number, isLowerBound: boolean) => ({
    message:
      count === 1
        ? 'Nobody knows whether one message was sent'
        : `Nobody knows whether ${count}${isLowerBound ? ' or more' : ''} messages were sent`,
    cure: 'Look at the device or at the provider, and say of each whether it was sent. Nothing is sent twice by itself.',
  }),
};
