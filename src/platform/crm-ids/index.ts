export { CRM_FIELDS, type CrmIds, crmIdsOf, crmIdText, MAX_CRM_ID_LENGTH } from './crm-ids';
