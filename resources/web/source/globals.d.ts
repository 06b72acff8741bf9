// Addresses of files of the page, which build.mjs gives.
declare module "given:engine" {
    const address: string;
    export default address;
}
declare module "given:window" {
    const address: string;
    export default address;
}
declare module "given:later" {
    const address: string;
    export default address;
}
declare module "*.svg" {
    const address: string;
    export default address;
}
