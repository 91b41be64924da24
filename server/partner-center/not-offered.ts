import type { Language } from '../../contract/values.ts';
import type { Dialect } from './dialect.ts';
import { Fault } from './fault.ts';
import { NOTHING } from './operation.ts';

type Words = Readonly<Record<Language, string>>;

const CUSTOMER = '/customers/:customerid';
const SUBSCRIPTION = `${CUSTOMER}/subscriptions/:subscriptionid`;

/** What Partner Center has and this service has not, with what there is instead. */
const NOT_OFFERED: readonly (readonly [words: Words, paths: readonly string[]])[] = [
  [
    {
      en: 'Documents of invoices are not offered here. The lines of an invoice are at /invoices/{i}/lineitems.',
      tr: 'Fatura belgeleri burada sunulmuyor. Bir faturanın satırları /invoices/{i}/lineitems adresindedir.',
    },
    ['/invoices/:invoiceid/documents/statement', '/invoices/:invoiceid/receipts/:receiptid/documents/statement'],
  ],
  [
    {
      en: 'Support contacts are not kept here. The partner is the contact of every subscription that it sold.',
      tr: 'Destek kişileri burada tutulmuyor. Her aboneliğin destek kişisi, onu satan iş ortağıdır.',
    },
    [`${SUBSCRIPTION}/supportcontact`],
  ],
  [
    {
      en: 'Azure is not offered here: subscriptions are license-based, and are ready without registration.',
      tr: 'Azure burada sunulmuyor: abonelikler lisans tabanlıdır ve kaydedilmeden kullanıma hazırdır.',
    },
    [`${SUBSCRIPTION}/registrations`, `${SUBSCRIPTION}/registrationstatus`, `${SUBSCRIPTION}/azureentitlements`],
  ],
  [
    {
      en: 'Activation links are not offered here. Whether licenses are there says …/provisioningstatus.',
      tr: 'Etkinleştirme bağlantıları burada sunulmuyor. Lisansların hazır olup olmadığını …/provisioningstatus söyler.',
    },
    [`${SUBSCRIPTION}/activationlinks`, `${CUSTOMER}/orders/:orderid/activationlinks`],
  ],
  [
    {
      en: 'Upgrades to an Azure plan are not offered here. Upgrades of licenses are at …/subscriptions/{s}/upgrades.',
      tr: 'Azure planına yükseltme burada sunulmuyor. Lisans yükseltmeleri …/subscriptions/{s}/upgrades adresindedir.',
    },
    [
      '/productupgrades',
      '/productupgrades/eligibility',
      '/productupgrades/:upgradeid',
      '/productupgrades/:upgradeid/status',
    ],
  ],
  [
    {
      en: 'Migrations to new commerce are not offered here. What a subscription can become is at …/subscriptions/{s}/upgrades.',
      tr: 'Yeni ticarete geçiş burada sunulmuyor. Bir aboneliğin neye yükseltilebileceği …/subscriptions/{s}/upgrades adresindedir.',
    },
    [
      `${CUSTOMER}/migrations/newcommerce`,
      `${CUSTOMER}/migrations/newcommerce/migrationeligibility`,
      `${CUSTOMER}/migrations/newcommerce/schedules`,
      `${CUSTOMER}/migrations/newcommerce/schedules/:scheduleid`,
      `${CUSTOMER}/migrations/newcommerce/:migrationid`,
    ],
  ],
  [
    {
      en: 'Usage and its rates are not offered here: all that is sold is licensed by seat.',
      tr: 'Kullanım ve kullanım tarifeleri burada sunulmuyor: satılan her şey kullanıcı başına lisanslanır.',
    },
    [
      '/customers/usagerecords',
      `${CUSTOMER}/usagesummary`,
      `${CUSTOMER}/usagebudget`,
      `${CUSTOMER}/subscriptions/usagerecords`,
      `${SUBSCRIPTION}/usagesummary`,
      `${SUBSCRIPTION}/usagerecords/:grouping`,
      `${SUBSCRIPTION}/utilizations/:resource`,
      '/ratecards/:ratecard',
    ],
  ],
  [
    {
      en: 'Devices and their policies are not offered here.',
      tr: 'Cihazlar ve cihaz ilkeleri burada sunulmuyor.',
    },
    [
      `${CUSTOMER}/devicebatches`,
      `${CUSTOMER}/devicebatches/:batchid`,
      `${CUSTOMER}/devicebatches/:batchid/devices`,
      `${CUSTOMER}/devicebatches/:batchid/devices/:deviceid`,
      `${CUSTOMER}/devicepolicyupdates`,
      `${CUSTOMER}/batchjobstatus/:jobid`,
      `${CUSTOMER}/policies`,
      `${CUSTOMER}/policies/:policyid`,
    ],
  ],
  [
    {
      en: 'Service requests and incidents are not offered here. Open them with Microsoft.',
      tr: 'Hizmet istekleri ve olayları burada sunulmuyor. Bunları Microsoft’a iletin.',
    },
    [
      '/servicerequests',
      '/servicerequests/supporttopics',
      '/servicerequests/:requestid',
      `${CUSTOMER}/servicerequests`,
      `${CUSTOMER}/servicerequests/:requestid`,
      '/serviceincidents',
    ],
  ],
  [
    {
      en: 'Analytics are not offered here. Assigned and free licenses are at …/customers/{c}/subscribedskus.',
      tr: 'Analizler burada sunulmuyor. Atanmış ve boş lisanslar …/customers/{c}/subscribedskus adresindedir.',
    },
    [
      '/analytics/:report',
      '/analytics/:area/:report',
      '/analytics/:area/:product/:report',
      `${CUSTOMER}/analytics/:area/:report`,
    ],
  ],
  [
    {
      en: 'Consents of applications are not offered here. Privileges over a customer belong to the partner, not to an application.',
      tr: 'Uygulama onayları burada sunulmuyor. Bir müşteri üzerindeki ayrıcalıklar uygulamanın değil, iş ortağınındır.',
    },
    [`${CUSTOMER}/applicationconsents`, `${CUSTOMER}/applicationconsents/:applicationid`],
  ],
];

/** Answers 501 to what is not offered; without a token still 401. */
export function notOfferedResources(dialect: Dialect): void {
  const { get, post, patch, put, delete: remove } = dialect;
  for (const [words, paths] of NOT_OFFERED) {
    for (const path of paths) {
      for (const mount of [get, post, patch, put, remove]) {
        mount(path, { summary: words.en, answer: NOTHING, refuses: 501 }, async ({ client, wording }) => {
          const [status, code] = client === 'java' ? FOR_JAVA : NOT_IMPLEMENTED;
          throw new Fault(status, code, words[wording.language]);
        });
      }
    }
  }
}

const NOT_IMPLEMENTED = [501, 0] as const;
/** The Java SDK repeats whatever it does not know, and a 501 for ever; a 400 it gives up after five times. */
const FOR_JAVA = [400, 900141] as const;
