import { Injectable } from '@nestjs/common';
import { renderTemplate } from '#libs/templates';
import { lineName } from '../../../../lines';
import { templateValues } from '../../../../messages';
import { type GateResult, PASS } from '../../../domain/gate';
import type { Send } from '../send';
import type { Gate } from './gate';

/** The text, from the lead as it is now. A file goes without one. */
@Injectable()
export class RenderGate implements Gate {
  readonly name = 'render';

  async check(send: Send): Promise<GateResult> {
    const { template } = send.know('policy');
    const values = () => templateValues(send.know('lead'), lineName(send.know('line')));
    send.learn({ text: send.know('file') ? '' : renderTemplate(template, values()) });
    return PASS;
  }
}
