// The world a test file runs in: Jest's own for Node.js, but with a global object that is an ordinary one. Node.js asks a callback for every global that
// code in a contextified world names, Math and Map too, which takes more than a hundred times as long; learning the commands took 14 s, and takes 1.5 s.
// See `vm.constants.DONT_CONTEXTIFY`, https://nodejs.org/docs/latest-v20.x/api/vm.html. Plain JavaScript, because Jest loads it before anything is translated.
import vm from 'node:vm'
import { TestEnvironment } from 'jest-environment-node'

/** Jest's environment makes its world in its constructor and lets nobody say how. */
export default class PlainGlobals extends TestEnvironment {
  constructor(config, context) {
    const { createContext } = vm
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY)
    try {
      super(config, context)
    } finally {
      vm.createContext = createContext
    }
  }
}
