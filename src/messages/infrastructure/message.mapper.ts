import { workspaceId } from '../../platform/ids';
import { hex, objectId, optionalHex, optionalObjectId } from '../../platform/mongo';
import { groupOf, type Message } from '../domain/message';
import type { MessageDocument } from './message.schema';

export function toDocument({ id, ...message }: Message): MessageDocument {
  return {
    _id: objectId(id),
    ...message,
    leadId: optionalObjectId(message.leadId),
    campaignId: optionalObjectId(message.campaignId),
    enrollmentId: optionalObjectId(message.enrollmentId),
    stepId: optionalObjectId(message.stepId),
    lineId: optionalObjectId(message.lineId),
    turnOn: optionalObjectId(message.turnOn),
    turnAt: null,
    group: groupOf(message),
    ready: message.status === 'queued' && message.notBefore === null,
  };
}

export function toMessage({ _id, turnAt: _, group: __, ready: ___, ...document }: MessageDocument): Message {
  return {
    id: hex(_id),
    ...document,
    workspaceId: workspaceId(document.workspaceId),
    leadId: optionalHex(document.leadId),
    campaignId: optionalHex(document.campaignId),
    enrollmentId: optionalHex(document.enrollmentId),
    stepId: optionalHex(document.stepId),
    lineId: optionalHex(document.lineId),
    turnOn: optionalHex(document.turnOn),
  };
}
