/** Plain requests for a new service, in the many verbs and orders in which they are made. */
export const scaffoldRequests = [
  '(scaffold|bootstrap|init|initialise|initialize) [a] [new] {template} [called|named] {name}',
  '(create|make|scaffold|generate|bootstrap|start|set up|build|add|spin up|stand up|prepare|open|launch|init|initialise|initialize|register|produce|provision|begin|kick off|lay out) [me|us] [a] [new] (service|microservice|app|api|project|repo|repository|worker|component|backend|application) [called|named|with name|with the name] {name}',
  '(create|make|scaffold|generate|bootstrap|start|set up|build|add|spin up|stand up|prepare|open|launch|init|initialise|initialize|register|produce|provision|begin|kick off) [me|us] [a] [new] {template} (service|microservice|app|api|project|repo|worker|backend|application) [called|named|with name] {name}',
  '(create|make|scaffold|generate|bootstrap|start|set up|build|add|spin up|prepare|launch|init|initialise|initialize) [a] [new] (service|microservice|app|api|project) [called|named] {name} (in|with|from|using|as|on) {template} [template]',
  '(create|make|scaffold|generate|bootstrap|start|set up|build|add|spin up|prepare|launch|init|initialise|initialize) [a] [new] (service|microservice|app|api|project) (in|with|from|using|as|on) {template} [template] (called|named) {name}',
  '(create|make|scaffold|generate|bootstrap|set up|add|spin up|prepare|init) {name} (in|with|from|using|as|as a|on) {template} [service|app|template|project]',
  '(create|make|scaffold|generate|bootstrap|start|build) from [the] {template} template [a] [new] (service|app|api|project) [called|named] {name}',
  '(need|want|give me|get me|give us|have|make me|build me|set me up with|let me have|order|request) [a] [new] (service|microservice|app|api|project|repo|worker|component|backend) [called|named|with name] {name}',
  '(need|want|give me|get me|give us|have|make me|build me|set me up with|let me have|order|request) [a] [new] {template} (service|microservice|app|api|project|repo|worker|backend) [called|named|with name] {name}',
  '(need|want|give me|get me|order|request) [a] [new] (service|app|api|project) [called|named] {name} (in|with|from|using|as) {template}',
  '(create|make|scaffold|generate|start|set up|build|need|want|give me|prepare) [a|the] (skeleton|scaffold|scaffolding|template|starter|boilerplate) (of|for) [a] [new] [{template}] (service|app|api|project) [called|named] {name}',
  '(create|make|scaffold|generate|start|set up|build|need|want|give me|prepare) [a] (service|app|api|project) (skeleton|scaffold|scaffolding|starter) [called|named|for] {name}',
  '(need|want|set up|create|make|give me) [a] [new] (repo and pipeline|repository and pipeline|repo and a pipeline) for [a] [new] [{template}] service [called|named] {name}',
  '(create|make|scaffold|generate|bootstrap|start|set up|build|need|want|give me) [a] [new] {template} (service|microservice|app|api|project)',
  '(create|make|scaffold|bootstrap|set up|build|need|want|give me) [a] [new] (service|microservice)',
]
