import type { Language } from '../../contract/values.ts';

type Words = {
  readonly requestSubject: string;
  readonly greeting: string;
  /** How to greet somebody whose name is not known. */
  readonly team: string;
  readonly request: string;
  readonly renewal: string;
  readonly seeFirst: string;
  readonly nothingMore: string;
  readonly full: string;
  readonly granular: string;
  readonly services: string;
  readonly validUntil: string;
  readonly revoke: string;
  readonly closing: string;
  readonly codeSubject: string;
  readonly code: string;
  readonly confirmedSubject: string;
  readonly confirmed: string;
};

/** What is written to customers, in the language that the partner chose or the administrator reads. */
export const EMAIL_TEXTS: Readonly<Record<Language, Words>> = {
  en: {
    requestSubject: 'Please confirm our reseller relationship: {company}',
    greeting: 'Dear {name},',
    team: '{customer} team',
    request:
      'So that {company} can look after your Microsoft subscriptions, we ask you to confirm our reseller relationship. Please open the link below as a Global administrator of your organization, look at what we ask for, and accept or decline.',
    renewal:
      'So that {company} can go on looking after your Microsoft subscriptions, we ask you to confirm the privileges below. Please open the link as a Global administrator of your organization, look at what we ask for, and accept or decline.',
    seeFirst: 'The page shows exactly what you would grant before you do.',
    nothingMore: 'We do not ask for any administrator rights in your directory.',
    full: 'We ask for full delegated admin privileges (DAP), without an end date.',
    granular: 'We ask for these roles for {days} days from the day you accept: {roles}.',
    services: 'They are limited to these services: {services}.',
    validUntil: 'The link is valid until {date}.',
    revoke: 'You can withdraw the privileges at any time; the confirmation that you get after accepting tells how.',
    closing: 'Kind regards,',
    codeSubject: '{code} is your code for {company}',
    code: 'Your code is {code}.\n\nIt confirms your answer to {company} ({domain}). It is valid for 10 minutes and only in the browser in which you asked for it.\n\nIf you did not ask for it, do nothing, and give it to nobody: not to {company} either.',
    confirmedSubject: 'You confirmed the relationship with {company}',
    confirmed:
      'You confirmed the reseller relationship between {customer} and {company}.\n\nKeep this email. At this link you see what {company} may do for you, can withdraw the privileges, or end the relationship:\n\n{link}',
  },
  tr: {
    requestSubject: 'Bayi ilişkimizi onaylamanızı rica ederiz: {company}',
    greeting: 'Sayın {name},',
    team: '{customer} yetkilisi',
    request:
      '{company} olarak Microsoft aboneliklerinizle ilgilenebilmemiz için bayi ilişkimizi onaylamanızı rica ederiz. Lütfen aşağıdaki bağlantıyı kuruluşunuzun Genel yöneticisi olarak açın, ne istediğimize bakın ve kabul edin ya da reddedin.',
    renewal:
      '{company} olarak Microsoft aboneliklerinizle ilgilenmeyi sürdürebilmemiz için aşağıdaki ayrıcalıkları onaylamanızı rica ederiz. Lütfen bağlantıyı kuruluşunuzun Genel yöneticisi olarak açın, ne istediğimize bakın ve kabul edin ya da reddedin.',
    seeFirst: 'Sayfa, neye izin vereceğinizi siz onaylamadan önce eksiksiz gösterir.',
    nothingMore: 'Dizininizde herhangi bir yönetici hakkı istemiyoruz.',
    full: 'Bitiş tarihi olmayan tam temsilcili yönetici ayrıcalıkları (DAP) istiyoruz.',
    granular: 'Kabul ettiğiniz günden başlayarak {days} gün için istediğimiz roller: {roles}.',
    services: 'Roller şu hizmetlerle sınırlıdır: {services}.',
    validUntil: 'Bağlantının son geçerlilik tarihi: {date}.',
    revoke:
      'Ayrıcalıkları istediğiniz zaman geri alabilirsiniz; nasıl yapılacağı, kabul ettikten sonra gelen onay e-postasında yazar.',
    closing: 'Saygılarımızla,',
    codeSubject: '{code} – {company} için onay kodunuz',
    code: 'Kodunuz: {code}\n\nBu kod, şu iş ortağına vereceğiniz yanıtı onaylar: {company} ({domain}). 10 dakika boyunca ve yalnızca kodu istediğiniz tarayıcıda geçerlidir.\n\nKodu siz istemediyseniz hiçbir şey yapmayın ve kodu kimseyle, iş ortağıyla da, paylaşmayın.',
    confirmedSubject: 'Bayi ilişkisini onayladınız: {company}',
    confirmed:
      'Bayi ilişkisini onayladınız.\n\nKuruluş: {customer}\nİş ortağı: {company}\n\nBu e-postayı saklayın. Aşağıdaki bağlantıda iş ortağının sizin için neler yapabileceğini görebilir, ayrıcalıkları geri alabilir ya da ilişkiyi sona erdirebilirsiniz:\n\n{link}',
  },
};

/** A day as it is written in a letter; UTC. */
export function dayIn(language: Language, moment: string): string {
  const locale = language === 'tr' ? 'tr-TR' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(moment));
}
