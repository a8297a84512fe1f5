import { type ChannelLine, Channels } from '../../../../channels';
import type { LinesService } from '../../../../lines';
import type { UnsubscribeLinks } from '../../../../suppressions';
import { MessageTexts } from '../message-texts';
import type { Threads } from '../threads';
import { CredentialsAndRenderGate } from './credentials-and-render.gate';
import { clock, ends, fake, line, pass, policy, sendOf } from './test/gate-fakes';

describe('the gate credentials and render', () => {
  const CALLBACK = 'https://tuco.example.com/api/inbound/p/secret';
  const gate = (opened: ChannelLine | null = { id: 'line' } as ChannelLine) =>
    new CredentialsAndRenderGate(
      fake<LinesService>({
        channelLine: () => {
          if (!opened) throw new Error('sealed with another key');
          return opened;
        },
        inboundUrl: () => CALLBACK,
        setAside: async () => line,
      }),
      new MessageTexts(
        new Channels([]),
        fake<UnsubscribeLinks>({ urlFor: (holder) => JSON.stringify(holder) }),
        fake<Threads>({}),
      ),
      clock,
    );
  const file = { name: 'a.png', url: 'https://files.example.com/a.png', type: 'image/png', bytes: new Uint8Array() };
  const blank = { policy: { ...policy, template: ' {nobody} ' } };

  it('makes the text, and none for a file', async () => {
    const send = sendOf();
    expect(await gate().check(send)).toEqual(pass);
    expect([send.know('said').text, send.know('callbackUrl')]).toEqual(['Hi Ann, Alex', CALLBACK]);
    const withFile = sendOf({}, { file });
    await gate().check(withFile);
    expect(withFile.know('said').text).toBe('');
  });
  it('puts in the link of the address that it goes to', async () => {
    const send = sendOf({}, { policy: { ...policy, template: '{unsubscribe_url}' }, address: 'ann@example.com' });
    expect(await gate().check(send)).toEqual(pass);
    const holder = { workspaceId: 'w', messageId: 'm', leadId: 'lead', address: 'ann@example.com', channel: 'imessage' };
    expect(JSON.parse(send.know('said').text)).toEqual(holder);
  });
  it('ends a message that comes to nothing; files go without a text', async () => {
    expect(await gate().check(sendOf({}, blank))).toEqual(ends({ status: 'failed', code: 'EMPTY_MESSAGE' }));
    const attachments = [{ url: 'u', name: null }];
    expect(await gate().check(sendOf({ template: '{nobody}', attachments }, blank))).toEqual({
      kind: 'requeue',
      notBefore: null,
      change: { withoutText: true },
    });
  });
  it('goes back where the password of the line cannot be opened', async () => {
    expect(await gate(null).check(sendOf())).toEqual({ kind: 'requeue', notBefore: null });
  });
});
