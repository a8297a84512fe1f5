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
    const projection = { name: 1, filters: 1 };
    for await (const { _id, name, filters } of this.views.find({ workspaceId }, { projection })) {
      const theirs = Object.entries(filters).filter(([, value]) => names(value));
      if (names(name)) await this.views.deleteOne({ _id, workspaceId });
      else if (theirs.length > 0) {
        const $unset = Object.fromEntries(theirs.map(([filter]) => [`filters.${filter}`, '' as const]));
        await this.views.updateOne({ _id, workspaceId }, { $unset });
      }
    }
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
