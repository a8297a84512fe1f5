export { allowedFrom } from './allowed-moment';
export { restrictionsFor } from './restrictions';
export { LineSchedules } from './line-schedules';
export { RecipientClaims } from './recipient-claims';
export { RecipientSends } from './recipient-sends';
export { SendContext, type SendDecision, type SendPolicy, type TurnGroup } from './send-context';
