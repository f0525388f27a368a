public import Decimals
public import PostgresClient

/// For numeric.
extension Decimal128: PostgresDecodable {
    public init?(postgresText text: UnsafeRawBufferPointer?) {
        guard let text = String(postgresText: text), let value = try? Decimal128(text) else { return nil }
        self = value
    }
}
