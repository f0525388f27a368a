/// Not even a program that does nothing came to its end in a sandbox. That says nothing of what is allowed here, so it is
/// tried again.
package struct BusyMachine: Error, CustomStringConvertible {
    package let limit: Duration

    package var description: String {
        "The machine is too busy: nothing ended in a sandbox within \(limit). Give the pool fewer slots, or the machine more cores."
    }
}
