declare module 'igv/dist/igv.esm.js' {
  const igv: object
  export default igv
}
