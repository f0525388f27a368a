/// A part of the configuration that is written as an object.
protocol SettingsSection {
    /// What its keys are, as in "'slotz' is not a setting of a pool".
    static var title: String { get }
    /// Every key it may have, in the order of the documentation.
    static var keys: [String] { get }
    /// The defaults.
    init()
    /// Takes over what the object says, and reports what is wrong with it.
    mutating func read(_ object: SettingsObject)
}
