import { lossMethods } from '@starling/protocol/scoring/losses/lossMethods'
import { syntheses } from '@starling/sdk/backtest/synthesis/collective'
import type { JSX } from 'preact'

/** The options of `starling backtest` as fields; each names its flag, which errors name, too. */
export function Options(): JSX.Element {
  return (
    <>
      <div class="fields-row">
        <label>
          Loss <code>--loss</code>
          <input name="loss" list="losses" placeholder="by the table" spellcheck={false} autocomplete="off" />
          <datalist id="losses">
            {lossMethods.map((loss) => (
              <option key={loss} value={loss === 'huber' ? 'huber:1' : loss === 'quantile' ? 'quantile:0.9' : loss} />
            ))}
          </datalist>
        </label>
        <label>
          Synthesis <code>--synthesis</code>
          <select name="synthesis">
            {syntheses.map((synthesis) => (
              <option key={synthesis} value={synthesis}>
                {synthesis}
              </option>
            ))}
          </select>
        </label>
        <label>
          Warm-up epochs <code>--warmup</code>
          <input name="warmup" inputMode="numeric" placeholder="0" size={6} autocomplete="off" />
        </label>
        <label class="tick">
          <input type="checkbox" name="all" /> all syntheses side by side <code>--all</code>
        </label>
      </div>
      <details>
        <summary>More options</summary>
        <div class="fields-row">
          <label>
            Columns to leave out <code>--ignore</code>
            <input name="ignore" placeholder="a,b" spellcheck={false} autocomplete="off" />
          </label>
          <label>
            Only rows with <code>--where</code>
            <textarea name="where" rows={1} placeholder="horizon=1, one a line" spellcheck={false} />
          </label>
          <label>
            Decimals <code>--decimal</code>
            <select name="decimal">
              <option value="">as the table proves</option>
              <option value="comma">comma</option>
              <option value="dot">dot</option>
            </select>
          </label>
          <label class="tick">
            <input type="checkbox" name="keep" defaultChecked /> keep the weights row by row for the download{' '}
            <code>--out</code>
          </label>
        </div>
      </details>
    </>
  )
}
