/// The chance of one attempt: the same number and name always draw the same, in every language and on every machine.
///
/// A draw is SplitMix64's output function (Steele, Lea and Flood, 2014) of the number plus 0x9e3779b97f4a7c15 times the
/// FNV-1a hash (64 bits) of the name's UTF-8. One of n is the draw modulo n.
package struct Seed: Sendable, Equatable {
    let number: Int

    package init(_ number: Int) { self.number = number }

    func draw(_ name: SeedName) -> UInt64 {
        var mixed = UInt64(bitPattern: Int64(number)) &+ name.hash &* 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    func draw(_ name: SeedName, below count: Int) -> Int { Int(draw(name) % UInt64(max(1, count))) }
}
