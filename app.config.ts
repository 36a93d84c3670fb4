export default defineAppConfig({
  ui: { colors: { primary: 'tomato', success: 'basil', warning: 'amber', error: 'red', neutral: 'stone' } },
})
