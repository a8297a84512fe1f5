import { AGGREGATION_CASES } from './aggregations';
import type { Cases } from './case';
import { EXPRESSION_CASES } from './expressions';
import { FILTER_CASES } from './filters';
import { CHANCE_CASES } from './found-by-chance';
import { INDEX_CASES } from './indexes';
import { PATH_CASES } from './paths';
import { READ_CASES } from './reads';
import { TRANSACTION_CASES } from './transactions';
import { UPDATE_OPERATOR_CASES } from './update-operators';
import { UPDATE_CASES } from './updates';
import { WRITE_CASES } from './writes';

export const CASES: Cases = {
  ...FILTER_CASES,
  ...PATH_CASES,
  ...READ_CASES,
  ...UPDATE_OPERATOR_CASES,
  ...UPDATE_CASES,
  ...AGGREGATION_CASES,
  ...EXPRESSION_CASES,
  ...WRITE_CASES,
  ...INDEX_CASES,
  ...TRANSACTION_CASES,
  ...CHANCE_CASES,
};
