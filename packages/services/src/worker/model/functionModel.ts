import type { AskForecast, AskPrediction, Model } from './types.ts'

/** A model of functions in this process. They must not block: nothing can end them. */
export function functionModel(functions: { predict?: AskPrediction; forecast?: AskForecast }): Model {
  return { predict: functions.predict, forecast: functions.forecast, close: async () => {} }
}
