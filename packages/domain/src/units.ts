/**
 * The units of figures: currencies of ISO 4217 and the measures in use.
 *
 * Sources: ISO 4217, list one (current codes, https://www.six-group.com/en/products-services/financial-information/data-standards.html)
 * as Node's ICU has it, and list three (codes withdrawn since 1978), because figures of the past are in the currencies of the past.
 */
const CURRENT_CURRENCIES =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XDR XOF XPF XSU YER ZAR ZMW ZWG ZWL';
const WITHDRAWN_CURRENCIES =
  'ADP AFA ALK AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEC BEF BEL BGJ BGK BGL BOP BRB BRC BRE BRN BRR BUK BYB BYR CHC CSD CSJ CSK CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GHP GNE GNS GQE GRD GWE GWP HRD IEP ILP ILR ISJ ITL LAJ LSM LTL LTT LUC LUF LUL LVL LVR MGF MLF MRO MTL MTP MVQ MXP MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR SDD SDP SIT SKK SRG STD SUR TJR TMM TPE TRL UAK UGS UGW USS UYN UYP VEB VEF VNC XEU XFO XRE YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD ZWN ZWR';
const CURRENCIES: ReadonlySet<string> = new Set(`${CURRENT_CURRENCIES} ${WITHDRAWN_CURRENCIES}`.split(' '));

/** What a unit measures. Numbers without a dimension are ratios and percentages. */
export type UnitKind = 'CURRENCY' | 'PERCENT' | 'RATIO';

/** The kind of a unit; null if the unit is not one of the format. */
export function unitKind(unit: string): UnitKind | null {
  if (unit === 'percent') return 'PERCENT';
  if (unit === 'ratio') return 'RATIO';
  return CURRENCIES.has(unit) ? 'CURRENCY' : null;
}

export const isCurrency = (code: string): boolean => CURRENCIES.has(code);

/** The kinds of units that fit a measure. */
export const KINDS_OF_MEASURE: Readonly<Record<string, readonly UnitKind[]>> = {
  TRADE_VALUE: ['CURRENCY'],
  ABSOLUTE_CHANGE: ['CURRENCY'],
  PERCENT_CHANGE: ['PERCENT'],
  RATIO: ['RATIO', 'PERCENT'],
  TREND: ['CURRENCY', 'PERCENT', 'RATIO'],
  PRICE_RELATION: ['CURRENCY', 'PERCENT', 'RATIO'],
};

const KIND_TEXT: Readonly<Record<UnitKind, string>> = {
  CURRENCY: 'an ISO 4217 code such as USD',
  PERCENT: '"percent"',
  RATIO: '"ratio"',
};

/** The units of some kinds, for a message. */
export const expectedUnits = (kinds: readonly UnitKind[]): string => kinds.map((kind) => KIND_TEXT[kind]).join(' or ');
