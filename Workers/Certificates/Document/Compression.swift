/// The format of zlib (RFC 1950).
package struct Compression: Sendable {
    package let deflate: @Sendable ([UInt8]) -> [UInt8]
    /// nil for what is not in that format.
    package let inflate: @Sendable ([UInt8]) -> [UInt8]?
    /// What every document has, compressed once.
    let colorProfile: [UInt8]

    package init(
        deflate: @escaping @Sendable ([UInt8]) -> [UInt8], inflate: @escaping @Sendable ([UInt8]) -> [UInt8]?
    ) {
        self.deflate = deflate
        self.inflate = inflate
        colorProfile = deflate(ColorProfile.sRGB)
    }
}
