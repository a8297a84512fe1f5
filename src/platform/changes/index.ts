export { ChangeTimes } from './change-times';
export { changesAfter } from './changes-after';
export { ChangesModule } from './changes.module';
export { settledPage } from './settled-page';
