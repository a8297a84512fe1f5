import { Schema } from 'mongoose';

/** `_id` is `campaignId:address`, or the keyed hash of the address of somebody who was erased. */
export interface AnswerDocument {
  _id: string;
  workspaceId: string;
  campaignId: string;
  at: Date;
}

export const AnswerSchema = new Schema<AnswerDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    campaignId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'campaignAnswers', versionKey: false },
);
// Answers.among: most campaigns have none
AnswerSchema.index({ campaignId: 1 });
