import { given } from './given.ts'
import { useUnstableSort } from './unstableSort.ts'

// Before anything of ours runs.
const { seed } = given()
if (seed !== undefined) useUnstableSort(seed)
