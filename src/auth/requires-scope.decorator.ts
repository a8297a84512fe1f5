import { admits } from '../platform/http';
import type { Scope } from './domain/scopes';

/**
 * The route needs a key or session with this scope; others are refused with 403 before the body is read. A
 * route that says neither this nor `@AnyCaller()` nor `@Public()` stops the start.
 */
export const RequiresScope = (scope: Scope): MethodDecorator => admits({ scope });
