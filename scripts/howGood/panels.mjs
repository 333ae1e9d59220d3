/** Errors of counts that span four orders of magnitude are judged on their logarithms. */
const logarithm = (value) => Math.log1p(Math.max(0, value))
const flu = { where: [{ column: 'horizon', value: '1' }], map: logarithm }

/**
 * The panels of the page: where each lies below the directory of panels, the loss of its topic, and what it is about.
 * `map` is applied to truths and answers, which then need no scale.
 */
export const panels = [
  {
    name: 'opera-electric',
    file: 'opera-electric-load/experts.csv',
    loss: 'squared',
    about: 'French electricity load of the week, three statistical models',
  },
  {
    name: 'opera-regional',
    file: 'opera-regional-load/experts.csv',
    loss: 'squared',
    about:
      'French load at 20:00 through the lockdown of 2020, 65 models, most of them quantiles that are off on purpose',
  },
  {
    name: 'epf-np',
    file: 'epf-np/experts.csv.gz',
    loss: 'absolute',
    about: 'Nord Pool electricity prices of tomorrow, hour by hour, eight published models',
  },
  {
    name: 'epf-pjm',
    file: 'epf-pjm/experts.csv.gz',
    loss: 'absolute',
    about: 'PJM electricity prices of tomorrow, hour by hour, eight published models',
  },
  {
    name: 'srft',
    file: 'weather-temperature-srft/experts.csv.gz',
    loss: 'squared',
    about: 'temperature in two days at about 700 stations, eight weather services',
  },
  {
    name: 'flu-2023-24',
    file: 'flusight-2023-24/median.csv.gz',
    loss: 'squared',
    about: 'hospital admissions for influenza next week in 53 jurisdictions, 33 teams that come and go',
    ...flu,
  },
  {
    name: 'flu-2024-25',
    file: 'flusight-2024-25/median.csv.gz',
    loss: 'squared',
    about: 'the same a season later, 38 teams',
    ...flu,
  },
  {
    name: 'aave-liq',
    file: 'defi-aave-liquidations/experts_daily.csv.gz',
    loss: 'squared',
    about: 'liquidations on Aave tomorrow (logarithm), ten simple rules',
  },
  {
    name: 'rain',
    file: 'rain-innsbruck/experts.csv.gz',
    loss: 'squared',
    about: 'rain at Innsbruck in five to eight days, eleven equally good members of one ensemble',
  },
  {
    name: 'sp500-range',
    file: 'indices-daily/sp500_experts_range.csv.gz',
    loss: 'squared',
    about: 'range of the S&P 500 tomorrow (logarithm), eleven simple rules',
  },
  {
    name: 'btc17-range',
    file: 'crypto-coinbase-btcusd-1h/experts_range.csv.gz',
    loss: 'squared',
    about: 'range of bitcoin in the next hour (logarithm), eleven simple rules',
  },
  {
    name: 'btc17-return',
    file: 'crypto-coinbase-btcusd-1h/experts_return.csv.gz',
    loss: 'squared',
    about: 'return of bitcoin in the next hour, eight simple rules; nearly unpredictable, so the aim is to do no harm',
  },
]
