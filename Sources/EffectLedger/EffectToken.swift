/// The right to say how an effect ended that ``EffectLedger/begin(_:job:policy:continuing:)`` let go ahead.
public struct EffectToken: Sendable, Hashable {
    public let key: EffectKey
    let value: String

    init(_ key: EffectKey) {
        self.key = key
        value = String(UInt64.random(in: 0 ... .max), radix: 36) + String(UInt64.random(in: 0 ... .max), radix: 36)
    }
}
