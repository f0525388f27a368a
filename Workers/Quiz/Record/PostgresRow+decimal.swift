import Decimals
import PostgresClient

extension PostgresRow {
    /// A numeric, digit by digit.
    func decimal(_ column: String) throws -> Decimal128 { try Decimal128(self[column] as String) }

    func optionalDecimal(_ column: String) throws -> Decimal128? {
        try (self[column] as String?).map { try Decimal128($0) }
    }
}
