/// Some bytes of an object.
package struct StoragePiece: Sendable {
    package let bytes: [UInt8]
    /// Of the whole object, in bytes.
    package let objectSize: Int
}
