/// A part of an upload that the storage has.
struct S3Part: Sendable {
    let number: Int
    /// As the storage named it.
    let tag: String
    /// SHA-256 in base64.
    let checksum: String

    var xml: String {
        "<Part><PartNumber>\(number)</PartNumber><ETag>\(tag)</ETag><ChecksumSHA256>\(checksum)</ChecksumSHA256></Part>"
    }
}
