import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import { IdentityTaken } from '../domain/leads.errors';
import { asIdentityTaken } from './identity-taken';

const messageOf = (index: string) =>
  `E11000 duplicate key error collection: tuco.leads index: ${index} dup key: { workspaceId: "w", phone: "+12025550101" }`;

function thrownFor(error: unknown): unknown {
  try {
    return asIdentityTaken(error);
  } catch (thrown) {
    return thrown;
  }
}

describe('what the store refuses of a lead', () => {
  it.each(['phone', 'email', 'externalId'])('is called by its field: %s', (field) => {
    const message = messageOf(`workspaceId_1_listIds_1_${field}_1`);
    const thrown = thrownFor(new MongoServerError({ message, code: 11_000 }));
    expect(thrown).toBeInstanceOf(IdentityTaken);
    expect(thrown).toMatchObject({ field });
  });

  it('is recognised in a bulk write too', () => {
    const message = messageOf('workspaceId_1_listIds_1_email_1');
    const error = new MongoBulkWriteError({ message, code: 11_000, writeErrors: [] }, {} as never);
    expect(thrownFor(error)).toMatchObject({ field: 'email' });
  });

  it('has no field where the index is another', () => {
    const thrown = thrownFor(new MongoServerError({ message: messageOf('_id_'), code: 11_000 }));
    expect(thrown).toBeInstanceOf(IdentityTaken);
    expect(thrown).toMatchObject({ field: undefined });
  });

  it('passes other errors on', () => {
    const error = new MongoServerError({ message: 'WriteConflict', code: 112 });
    expect(thrownFor(error)).toBe(error);
  });
});
