/** Words of made-up companies: what they call themselves, what they do, and what they are. */
const CALLED =
  'Akdeniz Altınova Anka Ardıç Aras Artvin Aşıkpaşa Atlas Ayvalık Bağlar Başak Beyşehir Bilge Boğaziçi Bozcaada Bursa Cihan Çağlayan Çamlıca Çeşme Çınar Çiğdem Dadaş Defne Değirmen Demirağ Dicle Dikili Doğa Doruk Edremit Efes Eğirdir Erciyes Erguvan Eskişehir Fındıklı Fidan Gediz Gelincik Göçek Gökçeada Gümüş Güneş Güzelyalı Hasankeyf Hisar Hitit Ihlamur Ilgın Irmak Işık Işıklar İğde İkizdere İncirli İnegöl İskele Kaçkar Karadağ Kardelen Kırlangıç Kızılırmak Köprü Kuşadası Lale Likya Marmara Maviş Menekşe Meriç Mısırlı Munzur Nilüfer Ortaköy Ödemiş Palandöken Papatya Pınar Sağlam Sakarya Sarıkamış Seğmen Selçuk Sığla Sümbül Şahin Şavşat Şirince Tığ Toros Truva Tuğra Ulubey Uludağ Ürgüp Yağmur Yıldız Yörük Zeytinli Zigana Ziraat'.split(
    ' ',
  );
const DOES =
  'Ahşap|Akaryakıt|Alüminyum|Ambalaj|Asansör|Aydınlatma|Bilişim|Boya|Cam|Çay|Çelik|Çiçekçilik|Danışmanlık|Demir|Deri|Dış Ticaret|Döküm|Eczacılık|Eğitim|Elektrik|Emlak|Enerji|Fırın|Fındık|Gıda|Halı|Hukuk|Isı|İnşaat|İletişim|Kağıt|Kırtasiye|Kimya|Kuyumculuk|Lojistik|Madencilik|Makina|Matbaa|Mermer|Mimarlık|Mobilya|Mühendislik|Otel|Otomotiv|Örgü|Pazarlama|Plastik|Reklam|Sağlık|Seramik|Sigorta|Süt|Şekerleme|Tarım|Taşımacılık|Tekstil|Turizm|Yapı|Yazılım|Zeytinyağı'.split(
    '|',
  );
const IS = ['', ' A.Ş.', ' Ltd. Şti.', ' ve Oğulları'];

const COMPANIES = CALLED.length * DOES.length * IS.length;
/** Shares no factor with the number of companies, so that each comes once before any comes again. */
const STEP = 7919;

/** A company's name; a different one for each number, the same for the same number and start. */
export function companyName(number: number, start: number): string {
  const place = (number * STEP + start) % COMPANIES;
  const round = Math.floor(number / COMPANIES);
  const called = CALLED[place % CALLED.length] ?? '';
  const does = DOES[Math.floor(place / CALLED.length) % DOES.length] ?? '';
  const is = IS[Math.floor(place / CALLED.length / DOES.length)] ?? '';
  return `${called} ${does}${round === 0 ? '' : ` ${round + 1}`}${is}`;
}

export const RESELLER_KINDS = ['Bilişim', 'Bulut', 'Teknoloji', 'Bilgisayar', 'Yazılım', 'Çözüm', 'Ağ Sistemleri'];
export const RESELLER_NAMES = CALLED;

export const FIRST_NAMES =
  'Ahmet Ali Aslı Ayşe Ayşegül Barış Başak Berk Betül Buğra Burcu Büşra Can Cem Çağla Çiğdem Damla Deniz Derya Doğan Ebru Ece Elif Emine Emre Engin Erdem Esra Fatih Fatma Gizem Gökçe Gökhan Gül Gülşah Hakan Halil Hande Hatice Hüseyin Ilgaz Işıl Itır İbrahim İdil İlker İnci İpek İrem İsmail Kaan Kağan Kübra Leyla Mehmet Melis Mert Merve Mustafa Nazlı Nilgün Nuri Okan Onur Ozan Ömer Özge Özlem Pelin Pınar Rıza Selin Serkan Sevgi Sıla Sinan Şebnem Şule Tolga Tuğba Uğur Umut Ümit Volkan Yağmur Yasin Yiğit Yusuf Zeynep Zülal'.split(
    ' ',
  );
export const LAST_NAMES =
  'Acar Akın Aksoy Aktaş Altıntaş Arslan Aslan Aydın Bakır Balcı Başaran Bayraktar Bıçakçı Bozkurt Bulut Can Ceylan Çakır Çelik Çetin Çınar Dağ Demir Demirci Doğan Duman Durmaz Ekinci Erdoğan Eren Ergün Eroğlu Güler Güneş Gürbüz Işık Irmak İnan İpekçi Kahraman Kaplan Kara Karaca Kaya Keskin Kılıç Kıraç Koç Köse Kurt Kuş Oğuz Öksüz Önal Özcan Özdemir Özkan Öztürk Pehlivan Polat Sağlam Sarı Sezer Soylu Şahin Şeker Şen Şimşek Taş Tekin Toprak Tunç Türk Uçar Uğurlu Uysal Ünal Yalçın Yavuz Yıldırım Yıldız Yılmaz Yücel Yüksel Zengin'.split(
    ' ',
  );
/** What agents call a subscription beside its offer. */
export const NICKNAMES = [
  'Merkez ofis',
  'Muhasebe',
  'Satış ekibi',
  'İzmir şubesi',
  'Ankara şubesi',
  'Depo ve sevkiyat',
  'Çağrı merkezi',
  'Yönetim',
  'Saha çalışanları',
  'Geçici kadro',
];
