import { Controller, Get } from '@nestjs/common';
import { RequiresScope } from '../../auth';
import { Channels } from '../../channels';
import { Config } from '../../platform/config';
import { toChannelResponse } from './channels.dto';

/** The channels that have an adapter. */
@Controller('api/channels')
export class ChannelsController {
  constructor(
    private readonly channels: Channels,
    private readonly config: Config,
  ) {}

  /**
   * Every channel that can be sent on, with what accounts and lines on it need: enough to show a form.
   * @operation listChannels
   */
  @Get()
  @RequiresScope('lines:read')
  list() {
    const { FIRST_TOUCH_DAILY_CAP, FIRST_TOUCH_HOURLY_CAP, SENDS_DAILY_CAP } = this.config;
    const caps = {
      dailyNewConversationsLimit: FIRST_TOUCH_DAILY_CAP,
      hourlyNewConversationsLimit: FIRST_TOUCH_HOURLY_CAP,
      dailyTotalMessagesLimit: SENDS_DAILY_CAP,
    };
    const shown = this.channels.adapters.map((channel) =>
      toChannelResponse(channel, this.channels.accountSchemaOf(channel.name), this.channels.limitsOf(channel.name, caps)),
    );
    return { channels: shown };
  }
}
