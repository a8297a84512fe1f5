import { Text } from '../../platform/http';
import type { ApiKey } from '../domain/api-key';

export class ApiKeyDto {
  /** What people call the key, 1 to 100 characters. */
  @Text(100, 1) name: string;
}

/** A key without its secret. */
export const toApiKeyResponse = ({ id, name, ending, createdAt, lastUsedAt }: ApiKey) => ({
  _id: id,
  name,
  ending,
  createdAt,
  lastUsedAt,
});

/** A new key, with the secret that is shown this once. */
export const toNewApiKeyResponse = ({ key, secret }: { key: ApiKey; secret: string }) => ({
  ...toApiKeyResponse(key),
  key: secret,
  warning: 'Keep this key now: it is not shown again.',
});
