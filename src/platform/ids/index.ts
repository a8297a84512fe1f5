export * from './ids';
export * from './workspace-id';
