import type { Mount } from '../http/mount.ts';
import { changeBillingSettings, changeMargin, showBillingSettings, showMargin } from './change-billing-settings.ts';
import { changeSettings, showSettings } from './change-settings.ts';

export function settingsRoutes(mount: Mount): void {
  mount.signedIn('showSettings', ({ call }) => showSettings(call));
  mount.signedIn('changeSettings', ({ call, body }) => changeSettings(call, body));
  mount.signedIn('showBillingSettings', ({ call }) => showBillingSettings(call));
  mount.signedIn('changeBillingSettings', ({ call, body }) => changeBillingSettings(call, body));
  mount.signedIn('showMargin', ({ call, params }) => showMargin(call, params.customerId));
  mount.signedIn('changeMargin', ({ call, params, body }) => changeMargin(call, params.customerId, body));
}
