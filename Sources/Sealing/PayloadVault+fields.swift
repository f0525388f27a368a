/// Jobs as Redis has them: fields by name.
extension PayloadVault {
    /// The value of a field with what of it can be opened; the rest stays sealed.
    public func revealed(_ name: String, _ value: [UInt8], of type: some StringProtocol) -> [UInt8] {
        switch name {
        case "args", "original": (try? open(value, of: type)) ?? value
        case "input", "result":
            Array(
                revealed(String(decoding: (try? open(value, as: .result, of: "")) ?? value, as: UTF8.self), of: type)
                    .utf8)
        case "error", "reason": Array(revealed(String(decoding: value, as: UTF8.self), of: type).utf8)
        case "history": Array(revealed(String(decoding: value, as: UTF8.self), of: type, isJSON: true).utf8)
        default: value
        }
    }
}
