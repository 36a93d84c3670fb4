export default defineAppConfig({
  ui: {
    colors: { primary: 'tomato', success: 'basil', error: 'red', neutral: 'stone' },
    // The default hover pales to a contrast of 3.7:1.
    button: {
      compoundVariants: [{ color: 'primary', variant: 'solid', class: 'hover:bg-tomato-700 active:bg-tomato-800' }],
    },
  },
})
