import type { Language } from '../../contract/values.ts';
import { fill } from '../../contract/words.ts';

const WORDS: Readonly<Record<Language, { readonly subject: string; readonly text: string }>> = {
  en: {
    subject: 'An upgrade waits for your approval: {customer}',
    text: 'Dear {name},\n\n{submitter} submitted an upgrade that needs the approval of another agent.\n\nCustomer: {customer}\nUpgrade: {source} → {target}\nLicenses: {quantity}\n\nLook at it and approve or reject it here:\n\n{link}\n\nIf a colleague has decided already, there is nothing left to do.',
  },
  tr: {
    subject: 'Onayınızı bekleyen bir yükseltme var: {customer}',
    text: 'Merhaba {name},\n\n{submitter} bir yükseltme gönderdi; uygulanması için başka bir kullanıcının onayı gerekiyor.\n\nMüşteri: {customer}\nYükseltme: {source} → {target}\nLisans sayısı: {quantity}\n\nBuradan inceleyip onaylayabilir ya da reddedebilirsiniz:\n\n{link}\n\nBir çalışma arkadaşınız karar verdiyse yapmanız gereken bir şey yok.',
  },
};

type Values = Readonly<
  Record<'name' | 'submitter' | 'customer' | 'source' | 'target' | 'link', string> & { readonly quantity: number }
>;

/** What an agent is written who may approve an upgrade. */
export function approvalMail(language: Language, values: Values): { readonly subject: string; readonly text: string } {
  const { subject, text } = WORDS[language];
  return { subject: fill(subject, values), text: fill(text, values) };
}

const CAMPAIGN_WORDS: typeof WORDS = {
  en: {
    subject: 'A bulk upgrade waits for your approval: {campaign}',
    text: 'Dear {name},\n\n{submitter} submitted a bulk upgrade that needs the approval of another agent.\n\nName: {campaign}\nUpgrades: {upgrades}\nLicenses: {licenses}\n\nLook at it and approve or reject it here:\n\n{link}\n\nIf a colleague has decided already, there is nothing left to do.',
  },
  tr: {
    subject: 'Onayınızı bekleyen bir toplu yükseltme var: {campaign}',
    text: 'Merhaba {name},\n\n{submitter} bir toplu yükseltme gönderdi; uygulanması için başka bir kullanıcının onayı gerekiyor.\n\nAd: {campaign}\nYükseltme sayısı: {upgrades}\nLisans sayısı: {licenses}\n\nBuradan inceleyip onaylayabilir ya da reddedebilirsiniz:\n\n{link}\n\nBir çalışma arkadaşınız karar verdiyse yapmanız gereken bir şey yok.',
  },
};

type CampaignValues = Readonly<Record<'name' | 'submitter' | 'campaign' | 'upgrades' | 'licenses' | 'link', string>>;

/** What an agent is written who may approve a campaign. */
export function campaignApprovalMail(
  language: Language,
  values: CampaignValues,
): { readonly subject: string; readonly text: string } {
  const { subject, text } = CAMPAIGN_WORDS[language];
  return { subject: fill(subject, values), text: fill(text, values) };
}
