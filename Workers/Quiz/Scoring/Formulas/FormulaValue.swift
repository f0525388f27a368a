package import Decimals

/// The value of a variable. They are few, so that looking through them is quicker than hashing.
package struct FormulaValue: Sendable {
    let name: String
    let value: Decimal128

    package init(_ name: String, _ value: Decimal128) {
        self.name = name
        self.value = value
    }
}
