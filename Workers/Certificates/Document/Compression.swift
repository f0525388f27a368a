/// The format of zlib (RFC 1950).
package struct Compression: Sendable {
    package var deflate: @Sendable ([UInt8]) -> [UInt8]
    /// nil for what is not in that format.
    package var inflate: @Sendable ([UInt8]) -> [UInt8]?

    package init(
        deflate: @escaping @Sendable ([UInt8]) -> [UInt8], inflate: @escaping @Sendable ([UInt8]) -> [UInt8]?
    ) {
        self.deflate = deflate
        self.inflate = inflate
    }
}
