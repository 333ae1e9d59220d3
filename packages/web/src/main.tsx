import { render } from 'preact'
import { App } from './App.tsx'

const page = document.getElementById('page')
if (page === null) throw new Error('The document has no element "page".')
render(<App />, page)
