export interface CardBody { title: string }
