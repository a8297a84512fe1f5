import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { Person, PersonalDataOf } from '../../leads';
import { collectionOf } from '../../platform/mongo';
import type { ViewDocument } from './view.schema';

/** Digits of a phone number, whatever stands between them. Fewer could be anybody's. */
const MIN_DIGITS = 7;

/**
 * A view of somebody, as by a search for their address, shows nobody any more: the filter is taken off. One
 * that is called after them goes. Views say nothing about people of their own, so an export shows none.
 */
@Injectable()
export class MongoPersonalViews implements PersonalDataOf {
  readonly collections = ['savedViews'];
  private readonly views: Collection<ViewDocument>;

  constructor(@InjectModel('SavedView') model: Model<ViewDocument>) {
    this.views = collectionOf(model);
  }

  async erase(person: Person): Promise<void> {
    const names = namesIn(person);
    const { workspaceId } = person;
    for await (const view of this.views.find({ workspaceId })) {
      // Somebody may change it meanwhile.
      for (let now: ViewDocument | null = view; now !== null && !(await this.isWithout(now, names));) {
        now = await this.views.findOne({ _id: view._id, workspaceId });
      }
    }
  }

  /** @returns false where the view is another by now. Names of filters may have dots: all are written anew */
  private async isWithout({ _id, workspaceId, name, filters }: ViewDocument, names: (text: string) => boolean): Promise<boolean> {
    const kept = Object.entries(filters).filter(([, value]) => !names(value));
    const asRead = { _id, workspaceId, name, filters };
    if (names(name)) return (await this.views.deleteOne(asRead)).deletedCount === 1;
    if (kept.length === Object.keys(filters).length) return true;
    return (await this.views.updateOne(asRead, { $set: { filters: Object.fromEntries(kept) } })).matchedCount === 1;
  }
}

/** Whether a text names the person. */
function namesIn({ own, marks }: Person): (text: string) => boolean {
  const texts = [...own, ...marks].map((text) => text.toLowerCase());
  const numbers = own.map(digitsOf).filter(({ length }) => length >= MIN_DIGITS);
  return (text) => {
    const [lower, digits] = [text.toLowerCase(), digitsOf(text)];
    if (texts.some((one) => lower.includes(one))) return true;
    return digits.length >= MIN_DIGITS && numbers.some((number) => number.includes(digits) || digits.includes(number));
  };
}

const digitsOf = (text: string): string => (text.includes('@') ? '' : text.replace(/\D/g, ''));
