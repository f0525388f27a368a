/// The `Decoder` a payload type sees: one value of a ``PayloadDocument``.
///
/// It is its own single-value container. Two words, so that it fits into an `any Decoder` without an allocation.
struct PayloadReader: Decoder {
    let document: PayloadDocument
    let index: Int

    var codingPath: [any CodingKey] { document.path }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy _: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try document.checkObject(at: index)
        return KeyedDecodingContainer(KeyedPayloadContainer(document: document, object: index))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard document[index].kind == .array else { throw document.mismatch([Any].self, at: index) }
        return UnkeyedPayloadContainer(document: document, array: index)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }
}
